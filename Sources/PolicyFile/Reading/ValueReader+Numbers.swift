// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension ValueReader {
    /// A whole number within the range.
    func count(_ node: DocumentNode, _ name: String, in range: ClosedRange<Int>) -> Written<Int>? {
        let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let scalar = scalar(node, name, wanted) else { return nil }
        let digits = scalar.text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        if scalar.isPlain, !digits.isEmpty, digits.allSatisfy(isDigit), let number = Int(scalar.text),
            range.contains(number)
        {
            return Written(value: number, text: scalar.text, place: node.place)
        }
        sink.error(node.place, "`\(name)` must be \(wanted), not \(Quoted.value(scalar.text))" + hint(for: scalar))
        return nil
    }

    /// A share from 0 to 100, whole or with a decimal point.
    func percent(_ node: DocumentNode, _ name: String) -> Written<Double>? {
        decimal(node, name, in: 0...100, "a number from 0 to 100")
    }

    /// A number that is not negative, whole or with a decimal point.
    func number(_ node: DocumentNode, _ name: String) -> Written<Double>? {
        decimal(node, name, in: 0...1e15, "a number from 0 to 1000000000000000")
    }

    private func decimal(
        _ node: DocumentNode,
        _ name: String,
        in range: ClosedRange<Double>,
        _ wanted: String
    ) -> Written<Double>? {
        guard let scalar = scalar(node, name, wanted) else { return nil }
        let parts = scalar.text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if scalar.isPlain, parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
            let number = Double(scalar.text), range.contains(number)
        {
            return Written(value: number, text: scalar.text, place: node.place)
        }
        sink.error(node.place, "`\(name)` must be \(wanted), not \(Quoted.value(scalar.text))" + hint(for: scalar))
        return nil
    }

    private func hint(for scalar: DocumentNode.Scalar) -> String {
        if scalar.text.hasSuffix("%") { return "; write it without the % sign" }
        return !scalar.isPlain && Double(scalar.text) != nil ? "; write it without quotes" : ""
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
