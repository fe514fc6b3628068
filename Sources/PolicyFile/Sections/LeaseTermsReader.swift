// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// The terms of renewals as written at one place: in `defaults.lease`, in a `keepAlive`, or nowhere.
struct WrittenTerms {
    var extendBy: Written<Duration>?
    var renewBefore: Written<Duration>?
    /// Whether a key was written that could not be read; then nothing may be said about the pair.
    var isBroken = false
}

/// Reads `extendBy` and `renewBefore` and holds them to each other and to the poll interval.
struct LeaseTermsReader {
    let pollEvery: Written<Duration>
    let sink: DiagnosticSink

    private static let standard = LeaseTerms()
    private static let standardExtendBy = "2h"
    private static let standardRenewBefore = "30min"

    /// Reads the terms of `reader`, without holding them to anything but the range.
    func read(_ reader: MappingReader) -> WrittenTerms {
        let extendBy = reader.duration("extendBy", .renewal)
        let renewBefore = reader.duration("renewBefore", .positive)
        let isBroken =
            (reader.has("extendBy") && extendBy == nil) || (reader.has("renewBefore") && renewBefore == nil)
        return WrittenTerms(extendBy: extendBy, renewBefore: renewBefore, isBroken: isBroken)
    }

    /// The terms that hold where `own` was written, with `inherited` for what it leaves out.
    ///
    /// A pair that does not fit is reported where it was written; a pair inherited as a whole has been reported there.
    func terms(_ own: WrittenTerms, inherited: WrittenTerms?) -> LeaseTerms {
        let extendBy = own.extendBy ?? inherited?.extendBy
        let renewBefore = own.renewBefore ?? inherited?.renewBefore
        let terms = LeaseTerms(
            extendBy: extendBy?.value ?? Self.standard.extendBy,
            renewBefore: renewBefore?.value ?? Self.standard.renewBefore
        )
        guard !own.isBroken, inherited?.isBroken != true else { return terms }
        if let place = own.renewBefore?.place ?? own.extendBy?.place {
            let names = (extendBy?.text ?? Self.standardExtendBy, renewBefore?.text ?? Self.standardRenewBefore)
            check(terms, at: place, extendBy: names.0, renewBefore: names.1, isWritten: own.renewBefore != nil)
        }
        return terms
    }

    /// Reports a poll interval that is too long for the built-in `renewBefore`, where leases are renewed and none of the
    /// places that could say otherwise does.
    func checkStandard(unless written: [WrittenTerms?]) {
        let isWritten = written.contains { $0?.renewBefore != nil || $0?.isBroken == true }
        guard !isWritten, Self.standard.renewBefore <= pollEvery.value * 2 else { return }
        sink.error(
            pollEvery.place,
            "`pollEvery` (\(Quoted.plain(pollEvery.text))) is too long: leases are renewed when less than "
                + "\(Self.standardRenewBefore) is left, which must be longer than two poll intervals; poll more often, or "
                + "set `defaults.lease.renewBefore`"
        )
    }

    private func check(_ terms: LeaseTerms, at place: Place, extendBy: String, renewBefore: String, isWritten: Bool) {
        let extendBy = Quoted.plain(extendBy)
        let renewBefore = Quoted.plain(renewBefore)
        if terms.renewBefore >= terms.extendBy {
            let message =
                isWritten
                ? "`renewBefore` (\(renewBefore)) must be shorter than `extendBy` (\(extendBy))"
                : "`extendBy` (\(extendBy)) must be longer than `renewBefore` (\(renewBefore)), which holds here"
            sink.error(place, message)
        }
        if isWritten, terms.renewBefore <= pollEvery.value * 2 {
            let poll = Quoted.plain(pollEvery.text)
            sink.error(
                place,
                "`renewBefore` (\(renewBefore)) must be longer than two poll intervals (`pollEvery`: \(poll))"
            )
        }
    }
}
