// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension SourceSilence {
    /// What follows for the notebook, and what to do.
    func text(of notebook: Notebook, isOptional: Bool) -> String {
        let consequence =
            isOptional ? "it is decided by the other sources alone" : "it will not be stopped on this rule"
        return
            "the source \"\(source)\" cannot tell since \(since) whether \(notebook.label) is in use, so \(consequence): "
            + "\(why); \(why.remedy)"
    }
}

extension SilentNotebooks {
    var text: String {
        let more = count > names.count ? ", …" : ""
        let notebooks = count == 1 ? "1 notebook" : "\(count) notebooks"
        return "the source \"\(source)\" cannot tell about \(notebooks) more, the first since \(since): "
            + "\(names.joined(separator: ", "))\(more): \(why); \(why.remedy)"
    }
}

extension Activity.Unknown {
    /// What an administrator can do about it.
    fileprivate var remedy: String {
        switch self {
        case .notObserved: "nothing is to be done"
        case .stale: "its answers are old when they come, see whether it is overloaded"
        case .noAccess: "see whether its image runs a Jupyter server, or let another source speak for it"
        case .unreachable: "see whether it answers from this machine, `curfew plan` looks again"
        case .refused: "see whether the server takes the notebook's token, or set `auth` of the source"
        case .unintelligible: "see what it answers, it may be of another version than curfew knows"
        case .cannotTell: "mend what it complains of, `curfew plan` asks again"
        case .noSuchSource: "define the source in the policy"
        }
    }
}
