// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Which decimal numbers make sense somewhere, in ten-thousandths, and how to say so.
struct DecimalLimits {
    let range: ClosedRange<Int64>
    /// Completes "must be …".
    let text: String

    static let hours = DecimalLimits(range: 1...10_000_000_000_000, text: "a number of hours over 0, such as 40 or 0.5")
    static let money = DecimalLimits(range: 1...10_000_000_000_000_000, text: "an amount over 0, such as 100 or 12.50")
    static let price = DecimalLimits(range: 0...10_000_000_000, text: "a price from 0 to 1000000, such as 2.40")
}

extension ValueReader {
    /// A decimal number with up to four places, in ten-thousandths; exact, as no binary fraction is.
    func decimal(_ node: DocumentNode, _ name: String, _ limits: DecimalLimits) -> Int64? {
        guard let scalar = scalar(node, name, limits.text) else { return nil }
        let parts = scalar.text.split(separator: ".", omittingEmptySubsequences: false)
        let isNumber = scalar.isPlain && parts.count <= 2 && parts.allSatisfy(isDigits)
        guard isNumber else {
            let hint = !scalar.isPlain && parts.allSatisfy(isDigits) ? "; write it without quotes" : ""
            sink.error(node.place, "`\(name)` must be \(limits.text), not \(Quoted.value(scalar.text))\(hint)")
            return nil
        }
        let places = parts.count == 2 ? parts[1] : ""
        guard places.count <= 4 else {
            sink.error(node.place, "`\(name)` may have at most four decimal places, not \(Quoted.value(scalar.text))")
            return nil
        }
        let digits = parts[0] + places + String(repeating: "0", count: 4 - places.count)
        if let number = Int64(digits), limits.range.contains(number) { return number }
        sink.error(node.place, "`\(name)` must be \(limits.text), not \(Quoted.value(scalar.text))")
        return nil
    }

    private func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
