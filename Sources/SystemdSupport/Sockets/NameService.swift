// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CSystemd
import Glibc

/// The machine's users and groups by its name service (nsswitch.conf(5)), which may have to ask another machine.
package enum NameService {
    /// The name of a user; nil when it has none.
    package static func userName(_ user: UInt32) -> String? {
        var entry = unsafe passwd()
        return unsafe withEntry(&entry) { entry, buffer, size, found in
            unsafe getpwuid_r(user, entry, buffer, size, found)
        } read: { entry in
            unsafe String(validatingCString: entry.pw_name)
        }
    }

    /// The number of a group; nil when there is none of that name.
    package static func groupNumber(_ name: String) -> UInt32? {
        var entry = unsafe group()
        return unsafe withEntry(&entry) { entry, buffer, size, found in
            unsafe getgrnam_r(name, entry, buffer, size, found)
        } read: { entry in
            unsafe entry.gr_gid
        }
    }

    /// All groups of a user by getgrouplist(3), the given one included.
    package static func groups(of user: UInt32, and group: UInt32) -> Set<UInt32> {
        guard let name = userName(user) else { return [group] }
        var groups = [UInt32](repeating: 0, count: 64)
        var count = CInt(groups.count)
        while unsafe getgrouplist(name, group, &groups, &count) < 0 {
            // It tells how many there are; a name service that always tells more than before would never end.
            guard count > groups.count, count <= 65_536 else { return [group] }
            groups = [UInt32](repeating: 0, count: Int(count))
        }
        return Set(groups.prefix(Int(count)))
    }

    /// Looks an entry up with a buffer that grows until it is large enough.
    private static func withEntry<Entry, Value>(
        _ entry: inout Entry,
        _ look: (
            UnsafeMutablePointer<Entry>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<Entry>?>
        ) -> CInt,
        read: (Entry) -> Value?
    ) -> Value? {
        var size = 1_024
        while size <= 1_048_576 {
            var buffer = [CChar](repeating: 0, count: size)
            let outcome: (code: CInt, value: Value?) = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return (ENOMEM, nil) }
                var found: UnsafeMutablePointer<Entry>?
                let code = unsafe look(&entry, base, buffer.count, &found)
                // The entry points into the buffer, so it is read before that is gone.
                return (code, unsafe found == nil ? nil : read(entry))
            }
            if outcome.code != ERANGE { return outcome.value }
            size *= 4
        }
        return nil
    }
}
