// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Collects the problems of one load.
///
/// A class, because every section reports into the same one; it never leaves the load that made it.
final class DiagnosticSink {
    private var reports: [Report] = []
    /// What is left for proofs about rules and globs in this load.
    let effort: ProofEffort

    private struct Report: Hashable {
        let place: Place
        let severity: Diagnostic.Severity
        let message: String
    }

    init(effort: ProofEffort) {
        self.effort = effort
    }

    var hasErrors: Bool { reports.contains { $0.severity == .error } }

    func error(_ place: Place, _ message: String) {
        reports.append(Report(place: place, severity: .error, message: message))
    }

    func warning(_ place: Place, _ message: String) {
        reports.append(Report(place: place, severity: .warning, message: message))
    }

    /// All reports in the order of their places, each once.
    func diagnostics(of file: String) -> [Diagnostic] {
        let ordered = Set(reports).sorted {
            ($0.place, $0.severity.rawValue, $0.message) < ($1.place, $1.severity.rawValue, $1.message)
        }
        return ordered.map { report in
            Diagnostic(
                severity: report.severity,
                message: report.message,
                file: file,
                line: report.place.line,
                column: report.place.column
            )
        }
    }
}
