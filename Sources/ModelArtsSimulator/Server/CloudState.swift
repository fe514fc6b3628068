// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// All that a simulated cloud remembers, behind one lock.
struct CloudState {
    var model: CloudModel
    var directory: AccessDirectory
    let credentials: SimulatorCredentials
    var faults: [Fault] = []
    var records = RecordLog()
    var metrics = MetricsService()

    /// The port of the server; 0 before it runs.
    var port = 0

    /// Whether the gateway refuses everything for now, and the seconds of its `Retry-After`.
    var throttle: (isOn: Bool, retryAfter: Int?) = (false, nil)
    private var requests = 0

    init(scenario: Scenario, credentials: SimulatorCredentials, now: Int64) {
        self.credentials = credentials
        model = CloudModel(scenario: scenario, now: now)
        let identity = CallerIdentity(user: NotebookOwner(name: credentials.user))
        directory = AccessDirectory(
            projectID: credentials.projectID,
            keys: [credentials.accessKey: .init(secret: credentials.secretKey, identity: identity)],
            users: [credentials.user: .init(password: credentials.password, identity: identity)],
            metadata: MetadataService(identity: CallerIdentity(user: NotebookOwner(name: "agency")), origin: now)
        )
    }

    var baseURL: String { "http://127.0.0.1:\(port)" }

    /// Answers one request and remembers it.
    mutating func respond(to request: WireRequest, now: Int64) -> WireAnswer {
        requests += 1
        model.advance(to: now)
        let requestID = StableID.hexadecimal(of: "request:\(requests)", digits: 32)
        let route = Route(method: request.method, path: request.path)
        var identity: String?
        let fault = takeFault(for: route, path: request.path)
        var answer: WireAnswer
        if let fault, !fault.isApplied {
            answer = APIError.gateway(504, "APIG.0203", "Backend timeout.").answer(requestID: requestID)
        } else {
            do throws(APIError) {
                answer = try handle(request, route, identity: &identity, now: now)
            } catch {
                answer = error.answer(requestID: requestID)
                if error.status == 429, let seconds = throttle.retryAfter {
                    answer.headers.append(WireAnswer.Header("Retry-After", String(seconds)))
                }
            }
        }
        switch fault?.effect {
        case .answer(let other): answer = other
        case .delivery(let delivery): answer.delivery = delivery
        case nil: break
        }
        answer.headers.append(WireAnswer.Header("Date", CivilTime(now).httpDate))
        answer.headers.append(WireAnswer.Header("X-Request-Id", requestID))
        let status = answer.delivery == .connectionClosed ? 0 : answer.status
        records.add(request, route: route, status: status, identity: identity, at: now)
        return answer
    }

    private mutating func takeFault(for route: Route, path: Substring) -> Fault? {
        guard let index = faults.firstIndex(where: { $0.matches(route, path: path) }) else { return nil }
        let fault = faults[index]
        if let times = fault.times {
            faults[index].times = times - 1
            if times <= 1 { faults.remove(at: index) }
        }
        return fault
    }

    private mutating func handle(
        _ request: WireRequest,
        _ route: Route,
        identity name: inout String?,
        now: Int64
    ) throws(APIError) -> WireAnswer {
        switch route.operation {
        case .metadataToken: return directory.metadata.issueToken(request, now: now)
        case .metadataCredentials: return directory.metadata.securityKey(request, now: now)
        case .jupyter: return jupyter(request, route, now: now)
        case .unknown: throw .gateway(404, "APIG.0101", "The API does not exist or has not been published.")
        default: break
        }
        if throttle.isOn {
            let limit = "policy user over ratelimit,limit:100,time:1 minute"
            throw .gateway(429, "APIG.0308", "The throttling threshold has been reached: \(limit)")
        }
        if route.operation == .issueToken {
            return try IAMService.issueToken(
                request,
                directory: &directory,
                projectName: credentials.projectName,
                now: now
            )
        }
        let caller = try directory.authenticate(request, now: now)
        name = caller.user.name
        if route.operation == .listProjects {
            return IAMService.listProjects(
                request,
                projectID: credentials.projectID,
                projectName: credentials.projectName
            )
        }
        try check(project: route.projectID ?? "")
        if route.operation == .queryMetrics { return try metrics.query(request, now: now) }
        if let permission = route.operation.permission, !caller.permissions.contains(permission) {
            throw APIError(403, "ModelArts.6407", "No permission: the policy does not allow \(permission.rawValue).")
        }
        return try notebooks(request, route, caller: caller, now: now)
    }

    private func check(project: String) throws(APIError) {
        guard project != credentials.projectID else { return }
        guard project.utf8.count == 32 else { throw APIError(400, "ModelArts.0210", "Invalid project id.") }
        throw APIError(403, "ModelArts.0210", "The project id of the URL does not match the token.")
    }

    private mutating func jupyter(_ request: WireRequest, _ route: Route, now: Int64) -> WireAnswer {
        guard let id = route.notebook, let notebook = model[id] else {
            return .text(404, "<html>no such notebook</html>", type: "text/html")
        }
        let service = JupyterService(
            notebook: notebook,
            gateway: model.settings.jupyterGateway,
            port: port,
            now: now
        )
        let outcome = service.respond(to: request, path: route.rest)
        if outcome.touches { model.touchJupyter(of: id, now: now) }
        return outcome.answer
    }
}
