// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore
private import FoundationEssentials

/// Reads the top level of a policy and puts the sections together.
struct PolicySection {
    let sink: DiagnosticSink
    let now: Timestamp
    let files: PolicyFiles
    let programs: ProgramCheck?

    /// The policy, when every part of it could be read; what could not has been reported.
    func read(_ root: DocumentNode) -> Policy? {
        guard let reader = MappingReader(root, .policy, sink) else { return nil }
        readVersion(reader)
        let zone = readZone(reader)
        let calendars = readCalendars(reader, zone ?? .gmt)
        let service = readService(reader)
        let evidence = EvidenceSection(sink: sink, service: service?.settings, programs: programs)
        let sources = evidence.read(reader.entry("evidence"))
        let pollEvery = service?.pollEvery ?? ServiceSection.defaultPollEvery
        let terms = LeaseTermsReader(pollEvery: pollEvery, sink: sink)
        let defaults = DefaultsSection(sink: sink, sources: sources, terms: terms).read(reader)
        let context = RuleContext(
            sink: sink,
            now: now,
            zone: zone,
            pollEvery: pollEvery,
            calendars: calendars,
            sources: sources,
            defaults: defaults,
            terms: terms,
            hasPrices: reader.has("prices")
        )
        let marks = reader.mapping("marks", .marks).flatMap { MarksSection(zone: zone ?? .gmt).read($0) }
        let rules = RulesSection(context: context).read(reader)
        let guards = reader.mapping("guards", .guards).map { GuardsSection().read($0) } ?? GuardSettings()
        let plausibility = reader.mapping("plausibility", .plausibility).flatMap { PlausibilitySection().read($0) }
        let control = reader.mapping("control", .control).map { ControlSection().read($0) }
        let prices = reader.mapping("prices", .prices).flatMap { PricesSection(sink: sink).read($0) }
        let mode = reader.choice("mode", of: Policy.Mode.self)?.value ?? .observe
        guard let zone, let service = service?.settings, !sink.hasErrors else { return nil }
        CrossCheck(
            sink: sink,
            calendars: calendars,
            sources: sources,
            marksPlace: reader.entry("marks")?.keyPlace,
            marks: marks,
            rules: rules
        ).run()
        if let entry = reader.entry("prices"), let prices {
            PriceCheck(sink: sink, place: entry.keyPlace).run(prices, rules)
        }
        var policy = Policy(
            mode: mode,
            timeZone: zone,
            service: service,
            evidence: sources.sources,
            marks: marks,
            rules: rules.map(\.rule),
            guards: guards,
            prices: prices
        )
        policy.plausibility = plausibility
        policy.control = control ?? ControlSettings()
        return policy
    }

    private func readVersion(_ reader: MappingReader) {
        guard let entry = reader.required("version") else { return }
        guard case .scalar(let scalar) = entry.value.content, scalar.isPlain, scalar.text == "1" else {
            sink.error(
                entry.value.place,
                "`version` must be 1, which is the only version of the policy language so far"
            )
            return
        }
    }

    /// The zone of the policy; nil after an error.
    private func readZone(_ reader: MappingReader) -> TimeZone? {
        guard reader.has("timeZone") else { return .gmt }
        guard let name = reader.text("timeZone") else { return nil }
        if let zone = ZoneName.zone(name.value) { return zone }
        let hint = ZoneName.hint(for: name.value)
        sink.error(
            name.place,
            "`timeZone` must be UTC or an IANA name such as Europe/Berlin; there is no \(Quoted.value(name.value))\(hint)"
        )
        return nil
    }

    /// The calendars; an error in `timeZone` must hide none of theirs, so they are read in any zone then.
    private func readCalendars(_ reader: MappingReader, _ zone: TimeZone) -> CalendarTable {
        CalendarsSection(sink: sink, clock: WallClock(zone), now: now, files: files).read(reader.entry("calendars"))
    }

    private func readService(_ reader: MappingReader) -> ServiceSection.Result? {
        guard let entry = reader.required("service"), let service = MappingReader(entry.value, .service, sink) else {
            return nil
        }
        return ServiceSection(reader: service).read()
    }
}
