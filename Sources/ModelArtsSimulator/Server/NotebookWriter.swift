// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Writes notebooks and leases in the API's JSON.
struct NotebookWriter {
    /// Where the Jupyter servers are: scheme, host and port.
    let baseURL: String

    /// The answer that shows one notebook.
    func answer(_ status: Int, _ notebook: SimulatedNotebook) -> WireAnswer {
        .json(status, capacity: 1536) { write(notebook, &$0) }
    }

    /// The answer that shows one page of a listing.
    func answer(_ page: NotebookPage) -> WireAnswer {
        .json(200, capacity: 128 + page.notebooks.count * 1280) { json in
            json.object { json in
                json.field("current", page.current)
                json.field("pages", page.pages)
                json.field("size", page.size)
                json.field("total", page.total)
                json.key("data")
                json.array { json in
                    for notebook in page.notebooks { write(notebook, &json) }
                }
            }
        }
    }

    /// The answer that shows a lease.
    static func answer(_ lease: Lease) -> WireAnswer {
        .json(200) { write(lease, form: .full, &$0) }
    }

    func write(_ notebook: SimulatedNotebook, _ json: inout JSONWriter) {
        json.object { json in
            json.field("id", notebook.id)
            json.field("name", notebook.name)
            json.field("description", notebook.description)
            json.field("status", notebook.status.rawValue)
            json.field("feature", notebook.feature)
            json.field("flavor", notebook.flavor)
            json.field("workspace_id", notebook.workspaceID)
            json.field("create_at", notebook.createdAt)
            json.field("update_at", notebook.updatedAt)
            if notebook.leaseForm != .missing {
                json.key("lease")
                Self.write(notebook.lease, form: notebook.leaseForm, &json)
            }
            json.field("token", notebook.token)
            if let url = url(of: notebook) {
                json.field("url", url)
                json.key("endpoints")
                json.array { json in
                    json.object { json in
                        json.field("service", "NOTEBOOK")
                        json.field("uri", url)
                    }
                }
            }
            writeParts(of: notebook, &json)
        }
    }

    private func writeParts(of notebook: SimulatedNotebook, _ json: inout JSONWriter) {
        json.key("image")
        json.object { json in
            json.field("id", notebook.imageID)
            json.field("name", notebook.imageName)
            json.field("type", "BUILD_IN")
        }
        if let pool = notebook.pool {
            json.key("pool")
            json.object { json in
                json.field("id", pool)
                json.field("name", pool)
            }
        }
        json.key("volume")
        json.object { json in
            json.field("category", "EVS")
            json.field("ownership", "MANAGED")
            json.field("capacity", 50)
            json.field("mount_path", "/home/ma-user/work/")
            json.field("status", "MOUNTED")
        }
        json.key("user")
        json.object { json in
            json.field("id", notebook.owner.id)
            json.field("name", notebook.owner.name)
            json.key("domain")
            json.object { json in
                json.field("id", IAMService.domain.id)
                json.field("name", IAMService.domain.name)
            }
        }
        json.field("user_id", notebook.owner.id)
        json.key("tags")
        json.array { json in
            for tag in notebook.tags {
                json.object { json in
                    json.field("key", tag.key)
                    json.field("value", tag.value)
                }
            }
        }
    }

    private static func write(_ lease: Lease, form: LeaseForm, _ json: inout JSONWriter) {
        json.object { json in
            json.field("create_at", lease.createdAt)
            json.field("duration", lease.duration)
            json.field("enable", lease.isEnabled)
            if form == .full { json.field("type", lease.type.rawValue) }
            json.field("update_at", lease.updatedAt)
        }
    }

    /// The address of the notebook's Jupyter server, from its first run on.
    private func url(of notebook: SimulatedNotebook) -> String? {
        switch notebook.status {
        case .initial, .creating, .starting, .createFailed: return nil
        default: break
        }
        if case .external(let url, _) = notebook.behaviour { return url }
        return "\(baseURL)/jupyter/\(notebook.id)/lab"
    }
}
