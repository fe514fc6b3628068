// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewEngine
import ServiceLifecycle
import SystemdSupport

/// The engine as a service of the daemon's group.
struct EngineService: Service {
    let engine: Engine
    let manager: ServiceManager

    func run() async {
        await withGracefulShutdownHandler {
            await engine.run()
        } onGracefulShutdown: {
            manager.notify(.stopping)
            engine.send(.shutdown)
        }
    }
}
