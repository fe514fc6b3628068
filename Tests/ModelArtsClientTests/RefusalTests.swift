// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewEngine
import NIOHTTP1
import TestSupport
import Testing

@testable import CurfewCore
@testable import ModelArtsClient

@Suite struct RefusalTests {
    private func report(
        _ operation: ModelArtsClient.Operation,
        _ status: Int,
        _ code: String,
        headers: [(String, String)] = [],
        message: String = "no",
        credentials: CredentialHint = .accessKey,
        now: Timestamp = ManualTime.start
    ) -> RefusalReport {
        RefusalReport(
            operation: operation,
            reply: HTTPExchange.Reply(status: status, headers: .init(headers), body: []),
            error: ErrorReply(Array(#"{"error_code":"\#(code)","error_msg":"\#(message)"}"#.utf8)),
            credentials: credentials,
            text: ServerText(secrets: []),
            now: now
        )
    }

    @Test(
        arguments: [
            (400, "ModelArts.6309", .gone), (400, "ModelArts.6404", .gone), (404, "ModelArts.6404", .gone),
            (400, "ModelArts.6307", .alreadyDone), (400, "ModelArts.6357", .busy), (400, "ModelArts.6308", .busy),
            (400, "ModelArts.6306", .busy), (400, "ModelArts.6305", .busy), (400, "ModelArts.6327", .busy),
            (400, "ModelArts.6347", .busy), (429, "APIG.0308", .throttled(retryAfter: nil)),
            (429, "ModelArts.6101", .throttled(retryAfter: nil)), (429, "", .throttled(retryAfter: nil)),
            (401, "APIG.0301", .authentication), (401, "ModelArts.0203", .authentication),
            (403, "ModelArts.0203", .authentication), (403, "ModelArts.0206", .authentication),
            (401, "ModelArts.6201", .authentication), (401, "", .authentication),
            (403, "ModelArts.0108", .permission(action: "modelarts:notebook:stop")),
            (403, "ModelArts.6407", .permission(action: "modelarts:notebook:stop")),
            (403, "", .permission(action: "modelarts:notebook:stop")),
            (500, "ModelArts.0109", .permission(action: "modelarts:notebook:stop")),
            (500, "ModelArts.0010", .transient), (502, "APIG.0202", .transient), (503, "APIG.0613", .transient),
            (400, "ModelArts.6333", .transient), (400, "ModelArts.6355", .transient),
            (504, "APIG.0203", .outcomeUnknown), (408, "ModelArts.6100", .outcomeUnknown),
            (400, "ModelArts.6349", .rejected), (400, "ModelArts.6326", .rejected), (403, "ModelArts.0210", .rejected),
            (400, "ModelArts.0204", .rejected), (401, "ModelArts.0204", .authentication), (404, "APIG.0101", .rejected),
            (413, "APIG.0201", .rejected), (400, "ModelArts.9999", .rejected), (302, "", .unintelligible),
        ] as [(Int, String, ServiceFailure.Kind)]
    )
    func `a refused stop means what status and code say together`(
        _ status: Int,
        _ code: String,
        _ kind: ServiceFailure.Kind
    ) {
        let failure = report(.stop(Sample.id), status, code).failure
        #expect(failure.kind == kind)
        #expect(failure.status == status)
        #expect(failure.code == (code.isEmpty ? nil : code))
        #expect(failure.explanation.contains(";") || failure.kind == .gone)
    }

    @Test func `a refused read or renewal differs where it should`() {
        #expect(report(.renew(Sample.id), 400, "ModelArts.6307").failure.kind == .busy)
        #expect(report(.show(Sample.id), 504, "APIG.0203").failure.kind == .transient)
        #expect(
            report(.renew(Sample.id), 403, "ModelArts.0112").failure.kind
                == .permission(action: "modelarts:notebook:updateStopPolicy")
        )
        #expect(
            report(.list(scope: .own, offset: 0), 403, "").failure.kind
                == .permission(action: "modelarts:notebook:list")
        )
        #expect(
            report(.list(scope: .project, offset: 0), 403, "").failure.kind
                == .permission(action: "modelarts:notebook:listAllNotebooks")
        )
        #expect(report(.show(Sample.id), 403, "").failure.kind == .permission(action: "modelarts:notebook:get"))
    }

    @Test(
        arguments: [
            ("120", .seconds(120)), ("0", .zero), ("Thu, 01 Jan 2026 00:01:30 GMT", .seconds(90)),
            ("Wed, 31 Dec 2025 00:00:00 GMT", .zero), ("soon", nil), ("-5", nil), ("", nil),
            ("999999999999", .seconds(86_400)),
        ] as [(String, Duration?)]
    )
    func `a wait is read in seconds or as a date`(_ text: String, _ expected: Duration?) {
        let report = report(.show(Sample.id), 429, "APIG.0308", headers: [("Retry-After", text)])
        #expect(report.failure.kind == .throttled(retryAfter: expected))
    }

    @Test func `a refused signature with clocks far apart is the clock's fault`() {
        let date = [("Date", "Thu, 01 Jan 2026 00:00:00 GMT")]
        let skewed = { (by: Duration, hint: CredentialHint) in
            report(
                .show(Sample.id),
                401,
                "APIG.0301",
                headers: date,
                credentials: hint,
                now: ManualTime.start + by
            ).failure
        }
        #expect(skewed(.seconds(16 * 60), .accessKey).kind == .clockSkew(.seconds(16 * 60)))
        #expect(skewed(.seconds(-20 * 60), .agency).kind == .clockSkew(.seconds(-20 * 60)))
        #expect(skewed(.seconds(16 * 60), .accessKey).explanation.contains("16 min ahead of"))
        #expect(skewed(.seconds(-20 * 60), .accessKey).explanation.contains("20 min behind"))
        #expect(skewed(.seconds(15 * 60), .accessKey).kind == .authentication)
        // A token is not bound to a clock.
        #expect(skewed(.seconds(16 * 60), .password).kind == .authentication)
        #expect(report(.show(Sample.id), 401, "APIG.0301").failure.kind == .authentication)
    }

    @Test(
        arguments: [
            (#"{"error_code":"ModelArts.6309","error_msg":"a"}"#, "ModelArts.6309", "a"),
            (#"{"error":{"code":401,"message":"b","title":"Unauthorized"}}"#, "401", "b"),
            (#"{"errorCode":"X","errorMsg":"c"}"#, "X", "c"), (#"{"code":"Y","message":"d"}"#, "Y", "d"),
            (#"{"error_message":"e","error_code":"Z"}"#, "Z", "e"), (#"{"error_code":"W","error_msg":"#, "W", nil),
            ("<html>502</html>", nil, nil), ("", nil, nil), ("[1]", nil, nil), (#"{"error":"text"}"#, nil, nil),
        ] as [(String, String?, String?)]
    )
    func `every shape of an error body is read`(_ body: String, _ code: String?, _ message: String?) {
        let error = ErrorReply(Array(body.utf8))
        #expect(error.code == code)
        #expect(error.message == message)
    }

    @Test func `only what the service answers after a look at the credentials clears them`() {
        let verdict = { Refusal(status: $0, code: $1).verdict(status: $0, code: $1) }
        #expect(verdict(401, "ModelArts.0210") == .refused)
        #expect(verdict(401, nil) == .refused)
        #expect(verdict(403, "ModelArts.0206") == .refused)
        #expect(verdict(400, "ModelArts.6309") == .accepted)
        #expect(verdict(403, "ModelArts.0108") == .accepted)
        #expect(verdict(429, "APIG.0308") == .undecided)
        #expect(verdict(502, "APIG.0202") == .undecided)
        #expect(verdict(404, "APIG.0101") == .undecided)
        #expect(verdict(400, nil) == .undecided)
    }

    @Test func `what a server wrote is quoted short, printable, and without anything like a key`() {
        let text = ServerText(secrets: [Secret("hunter2")])
        #expect(text.quotable("policy user over ratelimit, limit:3") == "policy user over ratelimit, limit:3")
        #expect(text.quotable("bad\u{1B}[31m\nline\u{202E}x") == "bad [31m line x")
        #expect(text.quotable("the password hunter2 is wrong") == nil)
        #expect(text.quotable("AK EXAMPLEACCESSKEY0001 not found") == "AK [...] not found")
        #expect(text.quotable("token MIIE+/0123456789abcdefgh== gone") == "token [...] gone")
        #expect(text.quotable(nil) == nil)
        #expect(text.quotable("  \n ") == nil)
        #expect((text.quotable(String(repeating: "word ", count: 1_000)) ?? "").count <= 200)
        #expect(text.identifier("ModelArts.6309") == "ModelArts.6309")
        #expect(text.identifier("a b") == nil)
        #expect(text.identifier("x-hunter2") == nil)
        #expect(text.identifier(String(repeating: "a", count: 65)) == nil)
    }

    @Test func `dates of HTTP are read, nonsense is not`() {
        #expect(HTTPDate.parse("Sun, 06 Nov 1994 08:49:37 GMT") == Timestamp(milliseconds: 784_111_777_000))
        for text in [
            "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 31 Feb 2026 00:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 1994 08:49 GMT", "1767225600",
        ] {
            #expect(HTTPDate.parse(text) == nil)
        }
    }
}
