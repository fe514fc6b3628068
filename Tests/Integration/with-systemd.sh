#!/bin/bash
# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
#
# Boots a real systemd that is thrown away afterwards, beside whatever runs this machine.
#
#   with-systemd.sh check                    exits with 77 and says why when this machine does not allow it
#   with-systemd.sh boot FOLDER              boots, writes FOLDER/leader when it is up, and stays until standard input ends
#   with-systemd.sh in FOLDER COMMAND…       runs a command inside, as root
#
# The systemd is process 1 of namespaces of its own. Its root is this machine's root under an overlay in memory, so that
# nothing is written through; the units that this machine has enabled are not, so that no firewall is set up twice. It has
# a cgroup, a /run, a /dev and a /tmp of its own, and this machine's network, so that servers on 127.0.0.1 are reached.
# Inside, /with-systemd/share is FOLDER and /with-systemd/repository is this repository, read-only.
# The end of process 1 ends everything inside. It needs root, and the packages systemd and util-linux.
set -euo pipefail

systemd=/lib/systemd/systemd
repository=$(cd "$(dirname "$0")/../.." && pwd)

# Where cgroups of version 2 are: alone, or beside those of version 1.
cgroups=/sys/fs/cgroup
if [[ -d $cgroups/unified ]]; then cgroups=$cgroups/unified; fi
prefix=$cgroups/curfew-systemd-

namespaces=(--mount --propagation private --pid --fork --kill-child --uts --ipc --cgroup)
# What could reach this machine's kernel through no namespace.
capabilities=-sys_time,-sys_module,-sys_rawio,-mac_admin,-mac_override,-wake_alarm

fail() {
    echo "with-systemd.sh: $2" >&2
    exit "$1"
}

remove_cgroup() {
    # The processes of a machine that was just killed may take a moment to go.
    for ((tries = 0; tries < 200; tries++)); do
        find "$1" -depth -type d -exec rmdir {} + 2>/dev/null || true
        [[ -d $1 ]] || return 0
        sleep 0.05
    done
}

overlay() { # the folder for the overlay's parts, the root
    mount -t tmpfs -o mode=755 tmpfs "$1"
    mkdir "$1/upper" "$1/work" "$1/root"
    mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
}

check() {
    [[ $EUID -eq 0 ]] || fail 77 "it needs root"
    [[ -x $systemd ]] || fail 77 "there is no $systemd"
    cgroup=$prefix$$
    mkdir "$cgroup" 2>/dev/null || fail 77 "no cgroup of version 2 can be made in $cgroups"
    rmdir "$cgroup"
    folder=$(mktemp -d)
    trap 'rmdir "$folder"' EXIT
    unshare "${namespaces[@]}" "$0" trial "$folder" || fail 77 "namespaces, an overlay over / or a cgroup tree are not allowed"
}

# Does in new namespaces what `enter` will do.
trial() {
    overlay "$1"
    mount -t proc proc "$1/root/proc"
    mount -t sysfs -o ro sysfs "$1/root/sys"
    mount -t cgroup2 cgroup2 "$1/root/sys/fs/cgroup"
}

# Becomes process 1: puts the root together, in new namespaces, and hands over to systemd.
enter() {
    local folder=$1 libraries=$2 parts root
    parts=$folder/parts
    overlay "$parts"
    root=$parts/root

    mount -t proc proc "$root/proc"
    mount --bind "$root/proc/sys" "$root/proc/sys"
    mount -o remount,bind,ro "$root/proc/sys"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
    mount -t tmpfs -o mode=755 tmpfs "$root/dev"
    for device in null zero full random urandom tty; do
        touch "$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
    mount -t tmpfs tmpfs "$root/dev/shm"
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"
    ln -s null "$root/dev/console"
    mount -t tmpfs -o mode=755 tmpfs "$root/run"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"

    mkdir -p "$root/with-systemd/share" "$root/with-systemd/repository" "$root/with-systemd/libraries"
    mount --bind "$folder" "$root/with-systemd/share"
    mount --bind "$repository" "$root/with-systemd/repository"
    mount -o remount,bind,ro "$root/with-systemd/repository"
    # A debug build finds the Swift runtime where the toolchain is, which may be in a home that units cannot see.
    mount --bind "$libraries" "$root/with-systemd/libraries"
    echo /with-systemd/libraries >"$root/etc/ld.so.conf.d/zz-with-systemd.conf"

    tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
    rm -rf "$root/var/log/journal" "$root"/etc/systemd/system/*.wants "$root"/etc/systemd/system/*.requires
    rm -rf "$root"/etc/systemd/system/curfew* "$root/etc/curfew" "$root/usr/local/bin/curfew"
    rm -f "$root/etc/fstab" "$root/etc/systemd/system/default.target"
    mkdir -p "$root/etc/systemd/journald.conf.d" "$root/etc/tmpfiles.d"
    : >"$root/etc/tmpfiles.d/tmp.conf"
    printf '[Journal]\nStorage=volatile\nReadKMsg=no\nForwardToWall=no\n' \
        >"$root/etc/systemd/journald.conf.d/zz-with-systemd.conf"

    mkdir "$root/.old"
    cd "$root"
    pivot_root . .old
    umount -l /.old
    rmdir /.old
    # systemd hands over credentials by a mount that must be seen in all of its namespaces.
    mount --make-rshared /
    ldconfig
    exec env -i container=with-systemd PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
        setpriv --bounding-set "$capabilities" \
        "$systemd" --system --unit=basic.target --show-status=no --log-target=journal </dev/null >/dev/null 2>&1
}

boot() {
    # For the trap too, which runs outside of this function.
    folder=$1
    cgroup=$prefix$$
    mkdir "$folder/parts"
    # A run that was killed could not remove its cgroup.
    for stale in "$prefix"*; do
        [[ -d $stale && ! -e /proc/${stale#"$prefix"} ]] && remove_cgroup "$stale"
    done
    libraries=$(ldd "$repository/.build/debug/curfew" | sed -n 's|.* => \(/.*\)/libswiftCore\.so .*|\1|p')
    [[ -n $libraries ]] || fail 70 "there is no debug build that uses the Swift runtime"

    mkdir "$cgroup"
    trap 'remove_cgroup "$cgroup"; rmdir "$folder/parts"' EXIT
    # Both ends of the chain end with their parent, so a killed script leaves no process.
    (
        echo "$BASHPID" >"$cgroup/cgroup.procs"
        exec setpriv --pdeathsig KILL unshare "${namespaces[@]}" "$0" enter "$folder" "$libraries"
    ) </dev/null &
    machine=$!
    for ((tries = 0; tries < 1200; tries++)); do
        read -r leader _ <"/proc/$machine/task/$machine/children" 2>/dev/null || true
        if [[ -n ${leader-} ]] && inside "$leader" systemctl is-active --quiet basic.target 2>/dev/null; then break; fi
        kill -0 "$machine" 2>/dev/null || fail 70 "systemd ended while it booted"
        sleep 0.05
    done
    if ((tries == 1200)); then
        kill -KILL "$leader"
        fail 70 "systemd did not boot within a minute"
    fi
    echo "$leader" >"$folder/leader.new"
    mv "$folder/leader.new" "$folder/leader"

    trap 'kill -KILL "$leader"' TERM INT
    {
        while read -r; do :; done
        kill -KILL "$leader"
    } <&0 2>/dev/null &
    watcher=$!
    trap 'kill -KILL "$watcher" 2>/dev/null || true; remove_cgroup "$cgroup"; rmdir "$folder/parts"' EXIT
    # The first wait ends with a signal that was trapped.
    wait "$machine" || wait "$machine" || true
}

inside() { # process 1, the command
    local leader=$1
    shift
    # The folder that the caller is in may not exist inside.
    cd /
    nsenter --target "$leader" --mount --uts --ipc --pid --cgroup -- \
        env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 SYSTEMD_PAGER= "$@"
}

case ${1-} in
check) check ;;
trial) trial "$2" ;;
enter) enter "$2" "$3" ;;
boot) boot "$(realpath "$2")" ;;
in)
    leader=$(<"$2/leader")
    shift 2
    inside "$leader" "$@"
    ;;
*) fail 64 "usage: with-systemd.sh check | boot FOLDER | in FOLDER COMMAND…" ;;
esac
