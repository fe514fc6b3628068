// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What proves to the cloud who the daemon is.
///
/// Together with `ServiceSettings.CredentialSettings`, which says everything about it that is no secret.
package enum ModelArtsCredentials: Sendable, Equatable {
    /// A permanent access key, or a temporary one with its security token; requests are signed with it.
    case accessKey(id: Secret, secret: Secret, securityToken: Secret?)
    /// The password of the user that the settings name.
    case password(Secret)
    /// Nothing: the metadata service of the ECS gives temporary keys.
    case agency
}
