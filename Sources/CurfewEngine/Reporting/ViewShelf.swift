// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// The views of all notebooks in the order of their ids, made anew only where something changed.
///
/// It belongs to the loop, as the notebooks do that report their changes to it.
final class ViewShelf {
    private var views: [NotebookView] = []
    private var changed: [TrackedNotebook] = []
    private var gone: Set<NotebookID> = []

    /// How much is to be made anew.
    var news: Int { changed.count + gone.count }

    /// Below this share of changed views, each is looked up; above it, all are gone through.
    private static let fewOf = 16

    /// Notes that a notebook's view is out of date; called once until the next `update`.
    func note(_ tracked: TrackedNotebook) { changed.append(tracked) }

    func drop(_ id: NotebookID) { gone.insert(id) }

    /// All views, after making those that are out of date.
    func update(_ make: (TrackedNotebook) -> NotebookView) -> [NotebookView] {
        guard news > 0 else { return views }
        var fresh: [NotebookView] = []
        fresh.reserveCapacity(changed.count)
        for tracked in changed where tracked.isViewStale {
            tracked.isViewStale = false
            fresh.append(make(tracked))
        }
        fresh.sort { $0.id.text < $1.id.text }
        if !gone.isEmpty || fresh.count * Self.fewOf > views.count || !replace(fresh) { merge(fresh) }
        changed.removeAll(keepingCapacity: true)
        gone.removeAll(keepingCapacity: true)
        return views
    }

    /// Puts views in the place of earlier ones; false when one is of a notebook that has none yet.
    private func replace(_ fresh: [NotebookView]) -> Bool {
        for view in fresh {
            guard let index = index(of: view.id.text) else { return false }
            views[index] = view
        }
        return true
    }

    private func index(of id: String) -> Int? {
        var (low, high) = (0, views.count)
        while low < high {
            let middle = (low + high) / 2
            if views[middle].id.text < id { low = middle + 1 } else { high = middle }
        }
        return low < views.count && views[low].id.text == id ? low : nil
    }

    private func merge(_ fresh: [NotebookView]) {
        var merged: [NotebookView] = []
        merged.reserveCapacity(views.count + fresh.count)
        var next = 0
        for view in views {
            while next < fresh.count, fresh[next].id.text < view.id.text {
                merged.append(fresh[next])
                next += 1
            }
            if next < fresh.count, fresh[next].id == view.id { continue }
            if !gone.contains(view.id) { merged.append(view) }
        }
        views = merged + fresh[next...]
    }
}
