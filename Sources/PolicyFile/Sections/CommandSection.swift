// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads a source of `kind: command`: a program of the site that is asked about each notebook.
struct CommandSection {
    let programs: ProgramCheck?

    /// The settings; nil after an error.
    func read(_ reader: MappingReader) -> CommandSettings? {
        let command = reader.required("command").flatMap { readCommand($0, reader.sink) }
        let timeout = reader.duration("timeout", .probe)?.value
        let concurrency = reader.count("concurrency", in: 1...256)?.value
        guard let command else { return nil }
        var settings = CommandSettings(command: command)
        if let timeout { settings.timeout = timeout }
        if let concurrency { settings.concurrency = concurrency }
        return settings
    }

    /// The program and its arguments, each as it is written: no shell reads them.
    private func readCommand(_ entry: DocumentNode.Entry, _ sink: DiagnosticSink) -> [String]? {
        guard case .sequence(let items) = entry.value.content, let first = items.first else {
            sink.error(
                entry.value.place,
                "`command` must be a list of a program and its arguments, such as [/usr/lib/curfew/ssh-sessions, --all]; "
                    + "no shell is between"
            )
            return nil
        }
        let values = ValueReader(sink: sink)
        let texts = items.enumerated().compactMap { index, item in
            values.text(item, "command", mayBeEmpty: index > 0)?.value
        }
        guard texts.count == items.count, let program = texts.first else { return nil }
        guard program.hasPrefix("/") else {
            sink.error(first.place, "`command` must begin with an absolute path, not \(Quoted.value(program))")
            return nil
        }
        if let problem = programs?.problem(program) { sink.warning(first.place, problem) }
        return texts
    }
}
