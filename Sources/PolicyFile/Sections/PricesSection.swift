// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `prices`: what an hour of running costs, by flavor.
struct PricesSection {
    let sink: DiagnosticSink

    /// The prices; nil after an error.
    func read(_ reader: MappingReader) -> PriceList? {
        let currency = reader.requiredText("currency").flatMap(checked)
        let entries = reader.required("perHour").flatMap { readEntries($0.value) }
        guard let currency, let entries else { return nil }
        return PriceList(currency: currency, perHour: entries)
    }

    private func checked(_ currency: Written<String>) -> String? {
        let letters = currency.value.unicodeScalars
        if letters.count == 3, letters.allSatisfy({ ("A"..."Z").contains($0) }) { return currency.value }
        let hint = letters.count == 3 ? "; did you mean \(currency.value.uppercased())?" : ""
        sink.error(
            currency.place,
            "`currency` must be a code of three capital letters such as EUR, not \(Quoted.value(currency.value))\(hint)"
        )
        return nil
    }

    private func readEntries(_ node: DocumentNode) -> [PriceList.Entry]? {
        guard case .sequence(let items) = node.content, !items.isEmpty else {
            let wanted = "a list of prices, such as [{flavor: \"*\", price: 0.12}]"
            let found = if case .sequence = node.content { "an empty one" } else { node.kind }
            sink.error(node.place, "`perHour` must be \(wanted), not \(found)")
            return nil
        }
        var entries: [PriceList.Entry] = []
        for item in items {
            guard let entry = readEntry(item) else { continue }
            warnOfUnused(entry, behind: entries, at: item.place)
            entries.append(entry)
        }
        return entries.count == items.count ? entries : nil
    }

    private func warnOfUnused(_ entry: PriceList.Entry, behind earlier: [PriceList.Entry], at place: Place) {
        let wider = earlier.first { GlobLanguage.isCovered(entry.flavor, by: [$0.flavor], sink.effort) }
        guard let wider else { return }
        sink.warning(
            place,
            "this price is never used: \(Quoted.value(wider.flavor.pattern)) before it matches all of its flavors"
        )
    }

    private func readEntry(_ node: DocumentNode) -> PriceList.Entry? {
        guard let reader = MappingReader(node, .price, sink) else { return nil }
        let flavor = reader.required("flavor").flatMap { GlobReader(sink: sink).single($0.value, "flavor") }
        let price = reader.required("price") == nil ? nil : reader.decimal("price", .price)
        guard let flavor, let price else { return nil }
        return PriceList.Entry(flavor: flavor, price: Money(tenThousandths: price))
    }
}
