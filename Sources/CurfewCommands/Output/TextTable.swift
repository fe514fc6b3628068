// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A table of aligned columns for people.
struct TextTable {
    struct Cell {
        var text: String
        var style: Terminal.Style?

        init(_ text: String, _ style: Terminal.Style? = nil) {
            self.text = text.printable
            self.style = style
        }
    }

    struct Column: ExpressibleByStringLiteral {
        let title: String
        let alignment: Alignment
        let fit: Fit

        init(_ title: String, _ alignment: Alignment = .left, fit: Fit = .whole) {
            (self.title, self.alignment, self.fit) = (title, alignment, fit)
        }

        init(stringLiteral title: String) { self.init(title) }
    }

    enum Alignment {
        case left
        /// For numbers.
        case right
    }

    /// What happens to long texts where the terminal is too narrow for the table.
    enum Fit {
        /// They stay as they are.
        case whole
        /// Their end is left out, with a mark.
        case cut
        /// They go on in further lines.
        case wrap
    }

    private let columns: [Column]
    private var rows: [Row] = []

    private enum Row {
        case cells([Cell])
        case heading(Cell)
    }

    private static let gap = 2
    /// No column is made narrower than this for others.
    private static let leastCut = 8
    private static let leastWrapped = 24

    init(_ columns: [Column]) {
        self.columns = columns
    }

    init(_ header: [String]) {
        columns = header.map { Column($0) }
    }

    /// Adds a row with a cell for each column.
    mutating func add(_ cells: [Cell]) {
        rows.append(.cells(cells))
    }

    /// Adds a line of its own, such as the day that the rows below it belong to.
    mutating func addHeading(_ cell: Cell) {
        rows.append(.heading(cell))
    }

    /// The lines of the table, header first; no trailing spaces.
    func lines(_ terminal: Terminal) -> [String] {
        let widths = widths(within: terminal.width)
        let header = lines(of: columns.map { Cell($0.title, .bold) }, widths, terminal)
        return header
            + rows.flatMap { row in
                switch row {
                case .cells(let cells): lines(of: cells, widths, terminal)
                case .heading(let cell): [terminal.styled(cell.text, cell.style)]
                }
            }
    }

    private func lines(of row: [Cell], _ widths: [Int], _ terminal: Terminal) -> [String] {
        let parts = zip(zip(columns, row), widths).map { pair, width in
            let (column, cell) = pair
            switch column.fit {
            case .whole: return [cell.text]
            case .cut: return [cell.text.cut(toWidth: width, mark: terminal.ellipsis)]
            case .wrap: return cell.text.wrapped(toWidth: width)
            }
        }
        return (0..<(parts.map(\.count).max() ?? 0)).map { number in
            var line = ""
            var blank = 0
            for (index, texts) in parts.enumerated() {
                let text = number < texts.count ? texts[number] : ""
                let padding = widths[index] - DisplayWidth.of(text)
                let before = columns[index].alignment == .right ? padding : 0
                if text.isEmpty {
                    blank += widths[index]
                } else {
                    line += String(repeating: " ", count: max(0, blank + before))
                    line += terminal.styled(text, row[index].style)
                    blank = padding - before
                }
                blank += Self.gap
            }
            return line
        }
    }

    /// The width of each column, so that the table fits where its columns allow it.
    private func widths(within limit: Int?) -> [Int] {
        var widths = columns.map { DisplayWidth.of($0.title) }
        for case .cells(let cells) in rows {
            for (column, cell) in cells.enumerated() {
                widths[column] = max(widths[column], DisplayWidth.of(cell.text))
            }
        }
        guard let limit else { return widths }
        var excess = widths.reduce(0, +) + Self.gap * (columns.count - 1) - limit
        for column in columns.indices where columns[column].fit == .wrap && excess > 0 {
            let spare = min(excess, max(0, widths[column] - Self.leastWrapped))
            widths[column] -= spare
            excess -= spare
        }
        while excess > 0 {
            let cut = columns.indices.filter { columns[$0].fit == .cut && widths[$0] > Self.leastCut }
            guard let widest = cut.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}

extension String {
    /// The text without what a terminal would obey.
    ///
    /// A name may hold anything; a line feed in it must not break a table, nor an escape colour the terminal.
    var printable: String {
        // Most texts are plain, and looking up the properties of a character costs more than all the rest of a table.
        if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
        return String(UnicodeScalarView(unicodeScalars.filter { $0.properties.isPrintable }))
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
