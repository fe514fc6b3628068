// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// Shows the day until its end: a live table on a terminal, a line per event elsewhere.
struct DemoScreen {
    let terminal: Terminal
    let speed: Double
    let time: ScaledTime
    let end: Timestamp

    /// The real time between two frames.
    private static let frame: Duration = .milliseconds(200)

    func play(_ board: SnapshotBoard, _ story: DemoStory) async {
        terminal.line("curfew watches a dozen notebooks: it stops the forgotten ones and keeps the needed ones alive.")
        terminal.line("")
        if terminal.isInteractive {
            await playTable(board, story)
        } else {
            await playLines(story)
        }
    }

    private func playTable(_ board: SnapshotBoard, _ story: DemoStory) async {
        var view = DemoView(terminal: terminal, speed: speed)
        view.begin()
        defer { view.end() }
        repeat {
            if let snapshot = board.latest { view.draw(snapshot, story) }
        } while await nextFrame()
    }

    private func playLines(_ story: DemoStory) async {
        repeat {
            for line in story.newLines() { terminal.line("\(line.at.clock)  \(line.text)") }
        } while await nextFrame()
        for line in story.newLines() { terminal.line("\(line.at.clock)  \(line.text)") }
    }

    /// Waits for the next frame; tells whether the day still lasts.
    private func nextFrame() async -> Bool {
        do {
            try await time.sleep(until: min(time.now + Self.frame * speed, end))
        } catch {
            return false
        }
        return time.now < end
    }
}
