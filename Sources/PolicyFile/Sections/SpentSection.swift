// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `spent`: a budget of running time or of money.
struct SpentSection {
    let sink: DiagnosticSink
    let hasPrices: Bool

    private enum Period: String, CaseIterable {
        case day
        case week
        case month

        var window: UsageBudget.Window {
            switch self {
            case .day: .day
            case .week: .week
            case .month: .month
            }
        }
    }

    /// The budget; nil after an error.
    func read(_ entry: DocumentNode.Entry) -> UsageBudget? {
        guard let reader = MappingReader(entry.value, .spent, sink) else { return nil }
        let per = reader.required("per") == nil ? nil : reader.choice("per", of: UsageBudget.Grouping.self)?.value
        let within = reader.required("within").flatMap { readWindow($0.value) }
        let hours = reader.decimal("hours", .hours)
        let cost = reader.decimal("cost", .money)
        let warnAt = reader.entry("warnAt").map { readShare($0.value) }
        if !reader.has("hours"), !reader.has("cost") {
            reader.reportMissing(["hours", "cost"], "`match.spent` needs `hours`, `cost` or both")
            return nil
        }
        if let entry = reader.entry("cost"), !hasPrices {
            let example = "`prices: {currency: EUR, perHour: [{flavor: \"*\", price: 0.12}]}`"
            sink.error(entry.keyPlace, "`cost` needs to know what running costs; add \(example) to the top level")
        }
        guard let per, let within, reader.has("hours") == (hours != nil), reader.has("cost") == (cost != nil) else {
            return nil
        }
        if let warnAt, warnAt == nil { return nil }
        return UsageBudget(
            per: per,
            within: within,
            // A ten-thousandth of an hour is 360 milliseconds.
            hours: hours.map { .milliseconds($0 * 360) },
            cost: cost.map { Money(tenThousandths: $0) },
            warnAt: warnAt ?? nil
        )
    }

    private func readWindow(_ node: DocumentNode) -> UsageBudget.Window? {
        let values = ValueReader(sink: sink)
        guard let scalar = values.scalar(node, "within", "day, week, month or a duration such as 7d") else {
            return nil
        }
        if let period = Period(rawValue: scalar.text.lowercased()) { return period.window }
        if !scalar.text.contains(where: \.isNumber) {
            let hint = Suggestion.clause(for: scalar.text, among: Period.allCases.map(\.rawValue))
            let wanted = "`within` must be day, week, month or a duration such as 7d"
            sink.error(node.place, "\(wanted), not \(Quoted.value(scalar.text))\(hint)")
            return nil
        }
        return values.duration(node, "within", .usage).map { .span($0.value) }
    }

    /// Percent; nil after an error.
    private func readShare(_ node: DocumentNode) -> Int? {
        let wanted = "a whole number from 1% to 100%"
        guard let scalar = ValueReader(sink: sink).scalar(node, "warnAt", wanted) else { return nil }
        let digits = scalar.text.dropLast()
        let isNumber = !digits.isEmpty && digits.allSatisfy { ("0"..."9").contains($0) } && !digits.hasPrefix("0")
        if scalar.text.hasSuffix("%"), isNumber, let percent = Int(digits), (1...100).contains(percent) {
            return percent
        }
        let hint = Int(scalar.text).map { (1...100).contains($0) ? "; did you mean \($0)%?" : "" } ?? ""
        sink.error(node.place, "`warnAt` must be \(wanted), not \(Quoted.value(scalar.text))\(hint)")
        return nil
    }
}
