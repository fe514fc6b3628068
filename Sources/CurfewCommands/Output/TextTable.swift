// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A table of aligned columns for people.
struct TextTable {
    struct Cell {
        var text: String
        var style: Terminal.Style?

        init(_ text: String, _ style: Terminal.Style? = nil) {
            // A name may hold anything; a line feed in it must not break the table, nor an escape colour the terminal.
            self.text = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.isPrintable }))
            self.style = style
        }
    }

    private let header: [String]
    private var rows: [[Cell]] = []

    init(_ header: [String]) {
        self.header = header
    }

    mutating func add(_ cells: [Cell]) {
        rows.append(cells)
    }

    /// The lines of the table, header first; no trailing spaces.
    func lines(_ terminal: Terminal) -> [String] {
        let all = [header.map { Cell($0, .bold) }] + rows
        let widths = header.indices.map { column in all.map { $0[column].text.count }.max() ?? 0 }
        return all.map { row in
            row.enumerated().map { column, cell in
                let isLast = column == row.count - 1
                let padding = isLast ? "" : String(repeating: " ", count: widths[column] - cell.text.count + 2)
                return terminal.styled(cell.text, cell.style) + padding
            }
            .joined()
        }
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }
}
