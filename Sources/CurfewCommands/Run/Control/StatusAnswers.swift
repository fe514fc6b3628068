// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import ControlServer
import CurfewCore
import CurfewEngine

/// Makes each answer about a snapshot once, whoever asks for it and however often.
///
/// Answers are made one at a time, so that readers take one thread from the loop at most.
actor StatusAnswers {
    enum Question: Hashable {
        case status(StatusFilter)
        case notebooks
    }

    private struct Answer {
        let sheet: Int
        let content: ControlContent
    }

    /// Different questions that are remembered at a time.
    private static let mostRemembered = 16

    private let status: StatusContent
    private var answers: [Question: Answer] = [:]

    init(_ status: StatusContent) {
        self.status = status
    }

    func content(_ question: Question, of sheet: SnapshotBoard.Sheet) throws(ControlProblem) -> ControlContent {
        // Who waited for others meanwhile may have an older sheet in hand than they had.
        if let answer = answers[question], answer.sheet >= sheet.number { return answer.content }
        let content = try make(question, sheet)
        if answers.count >= Self.mostRemembered { answers.removeAll() }
        answers[question] = Answer(sheet: sheet.number, content: content)
        return content
    }

    private func make(_ question: Question, _ sheet: SnapshotBoard.Sheet) throws(ControlProblem) -> ControlContent {
        let version = "\(sheet.snapshot.startedAt.milliseconds)-\(sheet.number)"
        switch question {
        case .status(let filter):
            let wanted = StatusContent.Filter(owner: filter.owner, action: filter.action, rule: filter.rule)
            do {
                let form: StatusContent.Form = filter.isTable ? .table : .full
                return ControlContent(json: try status.json(sheet.snapshot, form, filter: wanted), version: version)
            } catch {
                throw .failed("the status cannot be written as JSON: \(error)")
            }
        case .notebooks:
            let names = sheet.snapshot.notebooks.map { NotebookName($0.record.notebook) }
            return try ControlContent(NotebooksDocument(notebooks: names), version: version)
        }
    }
}
