// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore
internal import FoundationEssentials

/// Reads `marks`: how a notebook's own user asks for keep-alive.
struct MarksSection {
    /// The policy's own zone, in which dates end.
    let zone: TimeZone

    func read(_ reader: MappingReader) -> MarkSettings? {
        let tag = reader.text("tag")
        let description = reader.text("description")
        if !reader.has("tag"), !reader.has("description") {
            reader.reportMissing(
                ["tag", "description"],
                "`marks` needs `tag` or `description`, or nothing can mark a notebook"
            )
        }
        // The word stands before `=` somewhere in a free text, so it must be recognisable as one.
        if let description, description.value.contains(where: { $0.isWhitespace || $0 == "=" }) {
            reader.sink.error(description.place, "`description` must be one word without spaces and `=`")
        }
        if let tag, tag.value.unicodeScalars.count > 128 {
            reader.sink.error(tag.place, "`tag` must have at most 128 characters, as tags in the cloud have")
        }
        let longest = reader.duration("longest", .positive)?.value ?? MarkSettings().longest
        return MarkSettings(tag: tag?.value, description: description?.value, longest: longest, zone: zone)
    }
}
