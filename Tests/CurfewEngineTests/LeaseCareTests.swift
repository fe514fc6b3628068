// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Testing

@Suite struct LeaseCareTests {
    @Test func `I5: a kept lease never runs out over a week, and no renewal shortens it`() {
        var rig = EngineRig(.sample([.kept()]), [.sample("a", leaseLeft: .seconds(1_900))])
        rig.run(until: .after(7 * 86_400))
        #expect(rig.expired.isEmpty)
        #expect(rig.renewals.count >= 100)
        #expect(rig.renewals.count <= 120)
        #expect(rig.renewals.allSatisfy { $0.order.duration == .seconds(7_200) && $0.order.kind == .timing })
    }

    @Test func `I5: a lease that is longer than a renewal would make it is left alone`() {
        var rig = EngineRig(.sample([.kept()]), [.sample("a", leaseLeft: .seconds(20 * 3_600))])
        rig.run(until: .after(19 * 3_600))
        #expect(rig.renewals.isEmpty)
    }

    @Test func `I5: an IDLE lease that is kept becomes TIMING at once`() throws {
        var model = ModelNotebook.sample("a", leaseLeft: .seconds(10 * 3_600))
        if var lease = model.notebook.lease.lease {
            lease.kind = .idle
            model.notebook.lease = .known(lease)
        }
        var rig = EngineRig(.sample([.kept()]), [model])
        rig.run(until: .after(600))
        let renewal = try #require(rig.renewals.first)
        #expect(rig.renewals.count == 1)
        #expect(renewal.order.kind == .timing)
        #expect(renewal.order.duration >= .seconds(10 * 3_600 - 60))
    }

    @Test func `a silent training under whileActive prolong outlives its lease, and its end is noticed`() throws {
        var model = ModelNotebook.sample("a", leaseLeft: .seconds(4_000))
        model.isBusy = true
        var rig = EngineRig(.sample([.idle(whileActive: .prolong)]), [model])
        rig.at(.after(12 * 3_600)) { fleet, now in
            fleet.notebooks[NotebookID("a")]?.isBusy = false
            fleet.notebooks[NotebookID("a")]?.lastActivity = now
        }
        rig.run(until: .after(14 * 3_600))
        #expect(rig.expired.isEmpty)
        let stop = try #require(rig.stops.first)
        #expect(stop.at >= .after(13 * 3_600) && stop.at <= .after(13 * 3_600 + 1))
    }

    @Test func `a dark notebook under whileActive prolong keeps its lease`() {
        var model = ModelNotebook.sample("a", leaseLeft: .seconds(4_000))
        model.lastActivity = nil
        var rig = EngineRig(.sample([.idle(whileActive: .prolong)]), [model])
        rig.run(until: .after(40_000))
        #expect(rig.expired.isEmpty)
        #expect(rig.stops.isEmpty)
    }

    @Test func `without whileActive the user's own lease runs`() {
        var model = ModelNotebook.sample("a", leaseLeft: .seconds(4_000))
        model.isBusy = true
        var rig = EngineRig(.sample(), [model])
        rig.run(until: .after(5_000))
        #expect(rig.expired == [NotebookID("a")])
        #expect(rig.renewals.isEmpty)
    }

    @Test func `a lease that cannot be read gets no request`() {
        var model = ModelNotebook.sample("a")
        model.notebook.lease = .unreadable
        var rig = EngineRig(.sample([.kept()]), [model])
        rig.run(until: .after(10_000))
        #expect(rig.fleet.requests.isEmpty)
    }
}
