// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// One listing of all notebooks, page by page, over a list that changes while it is read.
///
/// Pages are cut out of a living list: a notebook that is created moves others to a later page, one that is deleted moves
/// them to an earlier one, past a reader that has been there. So a pass over all pages counts as complete only when the
/// pages agree on the total, hold as many records as they should, and no notebook comes twice. Otherwise there is another
/// pass, and what is new in it is handed over as well.
struct Listing: Sendable {
    /// The largest documented limit.
    static let pageSize = 50
    /// As many as the authentication gate lets out.
    private static let width = 3
    /// A list that never holds still is not read more often than this.
    private static let passes = 3
    /// So many failed pages are a failure of the cloud; the others are not asked for.
    private static let toleratedFailures = 3
    private static let doing = "listing notebooks"

    /// A bound on the pages of one pass.
    let pageLimit: Int
    /// Fetches the page that begins at an offset.
    let fetch: @Sendable (_ offset: Int) async throws(ServiceFailure) -> PageReply

    /// Lists everything, handing each notebook over once; throws when the list may have gaps.
    ///
    /// A failed page does not keep the others from being handed over, unless it says that they would fail as well.
    func run(_ handOver: @Sendable ([Notebook]) async -> Void) async throws(ServiceFailure) {
        var seen: Set<NotebookID> = []
        var before: Set<NotebookID>?
        for number in 1...Self.passes {
            var pass = ListingPass(isSequential: number > 1, pageLimit: pageLimit)
            if let failure = await run(&pass, seen: &seen, handOver) { throw failure }
            if Task.isCancelled { throw .cancelled(doing: Self.doing) }
            if pass.isTooLong {
                throw ServiceFailure(
                    .unintelligible,
                    doing: Self.doing,
                    explanation:
                        "the list has more than \(pageLimit) pages; check that service.endpoint is the address "
                        + "of ModelArts"
                )
            }
            // Two equal passes show a list that holds still, and a total that counts what it does not show.
            if pass.isClean || pass.ids == before { return }
            if number == Self.passes, pass.isPlausible { return }
            before = pass.ids
        }
        throw ServiceFailure(
            .transient,
            doing: Self.doing,
            explanation: "the list changed so much while it was read that notebooks may be missing; it is read again"
        )
    }

    /// Asks for the pages of one pass, a few at a time; returns the first failure.
    private func run(
        _ pass: inout ListingPass,
        seen: inout Set<NotebookID>,
        _ handOver: @Sendable ([Notebook]) async -> Void
    ) async -> ServiceFailure? {
        await withTaskGroup(of: (offset: Int, result: Result<PageReply, ServiceFailure>).self) { group in
            var inFlight = 0
            var failures: [ServiceFailure] = []
            var isHopeless = false
            while true {
                while inFlight < Self.width, !isHopeless, let offset = pass.nextOffset() {
                    inFlight += 1
                    group.addTask { (offset, await page(at: offset)) }
                }
                guard let (offset, result) = await group.next() else { return failures.first }
                inFlight -= 1
                switch result {
                case .success(let page):
                    pass.take(page, at: offset)
                    let fresh = page.notebooks.filter { seen.insert($0.id).inserted }
                    if !fresh.isEmpty { await handOver(fresh) }
                case .failure(let failure):
                    failures.append(failure)
                    isHopeless = isHopeless || !failure.isOfOnePage || failures.count >= Self.toleratedFailures
                }
            }
        }
    }

    private func page(at offset: Int) async -> Result<PageReply, ServiceFailure> {
        do throws(ServiceFailure) {
            return .success(try await fetch(offset))
        } catch {
            return .failure(error)
        }
    }
}

extension ServiceFailure {
    /// Whether other pages may come all the same.
    fileprivate var isOfOnePage: Bool {
        switch kind {
        case .transient, .unintelligible: true
        default: false
        }
    }
}
