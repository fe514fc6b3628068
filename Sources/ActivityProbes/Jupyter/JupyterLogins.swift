// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Synchronization

/// The logins to notebooks' Jupyter servers that are still good, each for one run of one notebook.
///
/// Shared by all looks of one probe; bounded, so that notebooks which come and go cannot fill the memory.
final class JupyterLogins: Sendable {
    private let most: Int
    private let state = Mutex(State())

    private struct State {
        var logins: [NotebookID: Login] = [:]
        /// Counts uses; the login with the lowest number was used longest ago.
        var uses: UInt64 = 0
    }

    private struct Login {
        /// Made anew by the cloud at every start, so it stands for the run.
        var token: Secret
        var origin: HTTPOrigin
        var jar: CookieJar
        var lastUse: UInt64
    }

    init(most: Int = 10_000) {
        self.most = most
    }

    /// The cookies of the login with exactly this token at exactly this origin, if there is one.
    func jar(of notebook: NotebookID, token: Secret, origin: HTTPOrigin) -> CookieJar? {
        state.withLock { state in
            guard let login = state.logins[notebook], login.token == token, login.origin == origin else { return nil }
            state.uses += 1
            state.logins[notebook]?.lastUse = state.uses
            return login.jar
        }
    }

    /// Keeps a login in place of any earlier one of the notebook, dropping the one used longest ago when full.
    func keep(_ jar: CookieJar, of notebook: NotebookID, token: Secret, origin: HTTPOrigin) {
        state.withLock { state in
            if state.logins[notebook] == nil, state.logins.count >= most,
                let oldest = state.logins.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.logins[oldest.key] = nil
            }
            state.uses += 1
            state.logins[notebook] = Login(token: token, origin: origin, jar: jar, lastUse: state.uses)
        }
    }

    /// Drops the notebook's login, if there is one.
    func forget(_ notebook: NotebookID) {
        state.withLock { $0.logins[notebook] = nil }
    }
}
