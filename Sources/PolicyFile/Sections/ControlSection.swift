// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `control`: who may do what through the daemon's socket.
struct ControlSection {
    func read(_ reader: MappingReader) -> ControlSettings {
        ControlSettings(operators: reader.text("operators").flatMap { group($0, reader.sink) })
    }

    /// The name of a group; whether this machine has it is not asked, because the policy may be for another one.
    private func group(_ name: Written<String>, _ sink: DiagnosticSink) -> String? {
        let isName = name.value.allSatisfy { !$0.isWhitespace && $0 != ":" && $0 != "," && $0 != "/" }
        guard isName, name.value.unicodeScalars.count <= 64 else {
            sink.error(
                name.place,
                "`operators` must be the name of one group, such as curfew-operators, not \(Quoted.value(name.value))"
            )
            return nil
        }
        return name.value
    }
}
