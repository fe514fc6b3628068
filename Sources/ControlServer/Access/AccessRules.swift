// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import NIOPosix
import Synchronization

/// Says who may do what.
///
/// Root and the user that the daemon runs as may do everything: nothing could be kept from them. Members of the socket's
/// group may read; members of the operators' group may read and act.
final class AccessRules: Sendable {
    /// What a connection wants.
    enum Right {
        case read
        case act
    }

    private let accounts: Accounts
    private let socketGroup: UInt32
    private let ownUser: UInt32
    private let time: any TimeSource
    private let readers = Mutex<[Peer.Account: Answer]>([:])

    private struct Answer {
        let mayRead: Bool
        let until: Timestamp
    }

    /// For how long an answer to a reader holds; an act is asked about each time.
    private static let lifetime: Duration = .seconds(10)
    /// More users than this begin anew: whoever has many must not fill the memory.
    private static let mostRemembered = 1_000

    init(accounts: Accounts, socketGroup: UInt32, ownUser: UInt32, time: any TimeSource) {
        (self.accounts, self.socketGroup, self.ownUser, self.time) = (accounts, socketGroup, ownUser, time)
    }

    /// Lets the peer pass, or says why not.
    func check(_ right: Right, _ peer: Peer, operators: String?) async throws(ControlProblem) {
        if peer.user == 0 || peer.user == ownUser { return }
        switch right {
        case .read:
            guard await mayRead(peer, operators: operators) else {
                throw Self.refusal("read the status: root and the group of the socket may")
            }
        case .act:
            guard let operators else {
                throw Self.refusal(
                    "act: root alone may, because the policy names no group at `control: {operators: …}`"
                )
            }
            guard await isOperator(peer, operators) else {
                throw Self.refusal("act: root and the group \(operators) may (`control: {operators: \(operators)}`)")
            }
        }
    }

    /// The name of the peer's user for the ledger and the journal, such as `alice`, or `uid 1234` where it has none.
    func name(of peer: Peer) async -> String {
        await asking { [accounts] in accounts.userName(peer.user) } ?? "uid \(peer.user)"
    }

    private func mayRead(_ peer: Peer, operators: String?) async -> Bool {
        let now = time.now
        if let answer = readers.withLock({ $0[peer.account] }), now < answer.until,
            answer.until - now <= Self.lifetime
        {
            return answer.mayRead
        }
        let mayRead = await asking { [accounts, socketGroup] in
            let groups = accounts.groups(peer.user, peer.group)
            if groups.contains(socketGroup) { return true }
            return operators.flatMap(accounts.groupNumber).map(groups.contains) ?? false
        }
        readers.withLock { readers in
            if readers.count >= Self.mostRemembered { readers.removeAll() }
            readers[peer.account] = Answer(mayRead: mayRead, until: now + Self.lifetime)
        }
        return mayRead
    }

    private func isOperator(_ peer: Peer, _ operators: String) async -> Bool {
        await asking { [accounts] in
            guard let group = accounts.groupNumber(operators) else { return false }
            return accounts.groups(peer.user, peer.group).contains(group)
        }
    }

    /// Asks the name service, which may be far away, on a thread that may wait.
    private func asking<Value: Sendable>(_ question: @escaping @Sendable () -> Value) async -> Value {
        // It fails only when the process's own threads are shut down, which nobody does.
        (try? await NIOThreadPool.singleton.runIfActive(question)) ?? question()
    }

    private static func refusal(_ what: String) -> ControlProblem {
        ControlProblem(.forbidden, code: "not-permitted", "you may not \(what)")
    }
}

extension Peer {
    /// What the groups of a peer depend on.
    fileprivate struct Account: Hashable {
        let user: UInt32
        let group: UInt32
    }

    fileprivate var account: Account { Account(user: user, group: group) }
}
