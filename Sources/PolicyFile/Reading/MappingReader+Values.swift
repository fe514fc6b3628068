// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The values of the keys of one mapping, each by its key.
extension MappingReader {
    private var values: ValueReader { ValueReader(sink: sink) }

    func text(_ key: String) -> Written<String>? {
        entry(key).flatMap { values.text($0.value, key) }
    }

    func requiredText(_ key: String) -> Written<String>? {
        required(key).flatMap { values.text($0.value, key) }
    }

    func flag(_ key: String) -> Written<Bool>? {
        entry(key).flatMap { values.flag($0.value, key) }
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Choice.Type
    ) -> Written<Choice>? where Choice.RawValue == String {
        entry(key).flatMap { values.choice($0.value, key, of: type) }
    }

    func duration(_ key: String, _ limits: SpanLimits) -> Written<Duration>? {
        entry(key).flatMap { values.duration($0.value, key, limits) }
    }

    func count(_ key: String, in range: ClosedRange<Int>) -> Written<Int>? {
        entry(key).flatMap { values.count($0.value, key, in: range) }
    }

    func number(_ key: String) -> Written<Double>? {
        entry(key).flatMap { values.number($0.value, key) }
    }

    func decimal(_ key: String, _ limits: DecimalLimits) -> Int64? {
        entry(key).flatMap { values.decimal($0.value, key, limits) }
    }

    func percent(_ key: String) -> Written<Double>? {
        entry(key).flatMap { values.percent($0.value, key) }
    }

    /// The mapping that a key holds; the key itself is the place where something is missing in an empty one.
    func mapping(_ key: String, _ section: Section) -> MappingReader? {
        entry(key).flatMap { MappingReader($0.value, section, sink) }
    }
}
