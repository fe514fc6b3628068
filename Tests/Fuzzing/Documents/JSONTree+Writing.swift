// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension JSONTree {
    /// Writes the document in one of the many ways to write it.
    func written(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        let style = Style(spaces: random.chance(30), escapes: random.chance(20))
        write(to: &bytes, style, &random)
        return bytes
    }

    private struct Style {
        let spaces: Bool
        let escapes: Bool
    }

    private func write(to bytes: inout [UInt8], _ style: Style, _ random: inout SeededGenerator) {
        func space(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
            if style.spaces { bytes += Array(random.pick("", " ", "\n", "\t\r ").utf8) }
        }
        space(&bytes, &random)
        switch self {
        case .null: bytes += Array("null".utf8)
        case .boolean(let value): bytes += Array((value ? "true" : "false").utf8)
        case .number(let text): bytes += Array(text.utf8)
        case .text(let text): Self.write(text, to: &bytes, style, &random)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(to: &bytes, style, &random)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                space(&bytes, &random)
                Self.write(member.key, to: &bytes, style, &random)
                space(&bytes, &random)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes, style, &random)
            }
            bytes.append(UInt8(ascii: "}"))
        }
        space(&bytes, &random)
    }

    private static func write(_ text: String?, to bytes: inout [UInt8], _ style: Style, _ random: inout SeededGenerator)
    {
        bytes.append(UInt8(ascii: "\""))
        guard let text else {
            bytes += random.pick(Array("\\ud800".utf8), Array("x\\udc00\\ud800".utf8), [0xFF], [0x61, 0xE2, 0x82])
            bytes.append(UInt8(ascii: "\""))
            return
        }
        for scalar in text.unicodeScalars {
            let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            if mustEscape || style.escapes && random.chance(20) {
                for unit in UTF16.encode(scalar).map(Array.init) ?? [] {
                    let digits = String(unit, radix: 16, uppercase: random.chance(50))
                    bytes += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
                }
            } else {
                bytes += Array(String(scalar).utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
