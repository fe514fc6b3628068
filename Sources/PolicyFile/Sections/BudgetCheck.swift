// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Warns of budgets that the daemon cannot keep as they are meant.
struct BudgetCheck {
    let sink: DiagnosticSink
    let pollEvery: Written<Duration>

    func check(_ budget: Written<Duration>?) {
        guard let budget, budget.value < pollEvery.value else { return }
        sink.warning(
            budget.place,
            "`budget` (\(Quoted.plain(budget.text))) is shorter than `pollEvery` (\(Quoted.plain(pollEvery.text))); "
                + "a notebook may be over it before it is seen at all"
        )
    }
}
