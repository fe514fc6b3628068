// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
package import CurfewEngine

/// How a metrics service is shown who asks.
package enum PrometheusAccess: Sendable {
    case open
    /// A token, sent as `Authorization: Bearer …`.
    case bearer(Secret)
    case basic(user: String, password: Secret)
    /// Somebody who can sign requests to the cloud; the probe never sees with what.
    case cloud(any CloudSigner)
}
