// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCommands

/// The program; everything it does lives in `CurfewCommands`.
@main
enum Curfew {
    static func main() async {
        await CurfewCommand.start()
    }
}
