# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Drives a simulator with the vendor's own SDK and checks what the cloud is documented to do.

The access line of `curfew simulator` (one JSON object) comes as the only argument, or on standard input. Prints one JSON
line per check; exits 1 when one failed. Expects at least 25 notebooks, among them RUNNING ones of the caller. HOME must be
writable: the SDK keeps an application id there.
"""

import json
import sys
import time

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.auth.internal import MetadataAccessor
from huaweicloudsdkcore.auth.provider import MetadataCredentialProvider
from huaweicloudsdkcore.exceptions import exceptions
from huaweicloudsdkmodelarts.v1 import model as m
from huaweicloudsdkmodelarts.v1.modelarts_client import ModelArtsClient

HOUR = 3_600_000
# How far the clocks of two reads on one machine may be apart, in milliseconds.
SLACK = 5_000

failures = 0


def check(name, holds, detail=None):
    global failures
    failures += 0 if holds else 1
    line = {"check": name, "ok": bool(holds)}
    if detail is not None:
        line["detail"] = str(detail)
    print(json.dumps(line), flush=True)


def refused(name, status, code, call):
    try:
        call()
    except exceptions.ClientRequestException as error:
        check(name, (error.status_code, error.error_code) == (status, code), (error.status_code, error.error_code))
    else:
        check(name, False, "not refused")


def client(access, credentials):
    return ModelArtsClient.new_builder().with_credentials(credentials).with_endpoints([access["endpoint"]]).build()


def now():
    return int(time.time() * 1000)


def left(lease):
    return lease.create_at + lease.duration - now()


def close(actual, expected):
    return abs(actual - expected) < SLACK


def wait_for(modelarts, notebook, status):
    for _ in range(200):
        shown = modelarts.show_notebook(m.ShowNotebookRequest(id=notebook))
        if shown.status == status:
            return shown
        time.sleep(0.05)
    return shown


def listing(modelarts):
    first = modelarts.list_all_notebooks(m.ListAllNotebooksRequest(limit=10, offset=0))
    check("a page has the asked size", (first.size, len(first.data), first.current) == (10, 10, 0))
    check("pages cover the total", (first.pages - 1) * 10 < first.total <= first.pages * 10, first.total)
    ids = []
    for offset in range(0, first.total, 10):
        page = modelarts.list_all_notebooks(m.ListAllNotebooksRequest(limit=10, offset=offset))
        ids += [notebook.id for notebook in page.data]
    check("paging by record offset gives every notebook once", len(ids) == len(set(ids)) == first.total, len(ids))
    refused("a page size that is not documented is refused", 400, "ModelArts.0104",
            lambda: modelarts.list_all_notebooks(m.ListAllNotebooksRequest(limit=25)))
    running = modelarts.list_all_notebooks(m.ListAllNotebooksRequest(limit=50, status="RUNNING"))
    check("the status filter selects", {notebook.status for notebook in running.data} == {"RUNNING"})
    own = modelarts.list_notebooks(m.ListNotebooksRequest(limit=50))
    owners = {notebook.user.id for notebook in own.data}
    check("the own list has one owner and is shorter", len(owners) == 1 and 0 < own.total < first.total, own.total)
    ascending = modelarts.list_all_notebooks(
        m.ListAllNotebooksRequest(limit=50, sort_dir="ASC", sort_key="createTime"))
    created = [notebook.lease.create_at for notebook in ascending.data]
    check("ascending order is by creation", created == sorted(created))
    refused("an unknown sort key is refused", 400, "ModelArts.6303",
            lambda: modelarts.list_notebooks(m.ListNotebooksRequest(sort_key="size")))
    refused("an unknown notebook is refused with 400", 400, "ModelArts.6309",
            lambda: modelarts.show_notebook(m.ShowNotebookRequest(id="11111111-2222-4333-8444-555555555555")))
    return [notebook for notebook in own.data if notebook.status == "RUNNING"][0].id


def leases(modelarts, notebook):
    def renew(**arguments):
        return modelarts.renew_lease(m.RenewLeaseRequest(id=notebook, **arguments))

    shown = modelarts.show_notebook(m.ShowNotebookRequest(id=notebook))
    lease = modelarts.show_lease(m.ShowLeaseRequest(id=notebook))
    check("lease and notebook agree", (lease.create_at, lease.duration) == (shown.lease.create_at, shown.lease.duration))
    check("a running notebook has url and token", bool(shown.url) and bool(shown.token))

    reply = renew(body=m.LeaseReq(duration=8 * HOUR, type="TIMING"))
    check("prolonging by body sets the time that is left", close(left(reply), 8 * HOUR), left(reply))
    reply = renew(body=m.LeaseReq(duration=2 * HOUR, type="TIMING"))
    check("prolonging can shorten a lease", close(left(reply), 2 * HOUR), left(reply))
    reply = renew(body=m.LeaseReq(type="IDLE"))
    check("a type without duration means one hour", (reply.type, close(left(reply), HOUR)) == ("IDLE", True))
    reply = renew(duration=3 * HOUR)
    check("prolonging by query sets time and TIMING", (reply.type, close(left(reply), 3 * HOUR)) == ("TIMING", True))
    reply = renew(duration=4 * HOUR, body=m.LeaseReq(duration=HOUR, type="IDLE"))
    check("the query wins over the body", (reply.type, close(left(reply), 4 * HOUR)) == ("TIMING", True))
    reply = renew(body=m.LeaseReq())
    check("an empty body means one hour", close(left(reply), HOUR), left(reply))
    reply = renew()
    check("no body at all means one hour", close(left(reply), HOUR), left(reply))
    check("creation never moves", reply.create_at == lease.create_at)
    fresh = modelarts.show_lease(m.ShowLeaseRequest(id=notebook))
    check("a fresh read confirms", (fresh.duration, fresh.update_at) == (reply.duration, reply.update_at))
    refused("less than an hour is refused", 400, "ModelArts.6349", lambda: renew(duration=HOUR - 1))
    refused("more than 72 hours is refused", 400, "ModelArts.6349", lambda: renew(body=m.LeaseReq(duration=73 * HOUR)))


def lifecycle(modelarts, notebook):
    def stop():
        return modelarts.stop_notebook(m.StopNotebookRequest(id=notebook))

    token = modelarts.show_notebook(m.ShowNotebookRequest(id=notebook)).token
    refused("a running notebook cannot be deleted", 400, "ModelArts.6304",
            lambda: modelarts.delete_notebook(m.DeleteNotebookRequest(id=notebook)))
    check("a stop answers STOPPING", stop().status == "STOPPING")
    stopped = wait_for(modelarts, notebook, "STOPPED")
    check("it comes to STOPPED", stopped.status == "STOPPED")
    check("a stopped notebook shows a future end", left(stopped.lease) > 0)
    refused("a second stop is refused", 400, "ModelArts.6307", stop)
    refused("a stopped notebook cannot be prolonged", 400, "ModelArts.6327",
            lambda: modelarts.renew_lease(m.RenewLeaseRequest(id=notebook, duration=HOUR)))
    started = modelarts.start_notebook(m.StartNotebookRequest(id=notebook, duration=4 * HOUR, type="IDLE"))
    check("a start answers STARTING", started.status == "STARTING")
    running = wait_for(modelarts, notebook, "RUNNING")
    check("the lease of the start is in force", running.lease.type == "IDLE" and close(left(running.lease), 4 * HOUR))
    check("a start rotates the token", running.token not in (None, token))


def marks(modelarts, notebook):
    tag = m.TmsTag(key="keep-alive", value="true")
    modelarts.create_notebook_tags(
        m.CreateNotebookTagsRequest(resource_id=notebook, body=m.CreateTmsTagsRequest(tags=[tag])))
    shown = modelarts.show_notebook(m.ShowNotebookRequest(id=notebook))
    check("a tag is shown", [(tag.key, tag.value) for tag in shown.tags] == [("keep-alive", "true")], shown.tags)
    found = modelarts.list_all_notebooks(m.ListAllNotebooksRequest(limit=50, tags="keep-alive|true"))
    check("a tag can be filtered on", notebook in [item.id for item in found.data], len(found.data))
    overview = modelarts.show_notebook_tags(m.ShowNotebookTagsRequest())
    check("the project knows the tag", any(tag.key == "keep-alive" for tag in overview.tags))
    tag = m.TmsTag(key="keep-alive")
    modelarts.delete_notebook_tags(
        m.DeleteNotebookTagsRequest(resource_id=notebook, body=m.DeleteTmsTagsRequest(tags=[tag])))
    check("a removed tag is gone", not modelarts.show_notebook(m.ShowNotebookRequest(id=notebook)).tags)
    text = "keep-alive=2026-12-01"
    modelarts.update_notebook(
        m.UpdateNotebookRequest(id=notebook, body=m.NotebookUpdateRequest(description=text)))
    check("a description is stored", modelarts.show_notebook(m.ShowNotebookRequest(id=notebook)).description == text)


def credentials(access, notebook):
    MetadataAccessor._METADATA_ENDPOINT = access["metadataEndpoint"]
    temporary = MetadataCredentialProvider.get_basic().get_credentials()
    temporary.project_id = access["projectID"]
    shown = client(access, temporary).show_lease(m.ShowLeaseRequest(id=notebook))
    check("temporary credentials of the metadata service work", shown.duration is not None)
    wrong = BasicCredentials(access["accessKey"], "wrong", access["projectID"])
    refused("a wrong secret is refused", 401, "APIG.0301",
            lambda: client(access, wrong).show_lease(m.ShowLeaseRequest(id=notebook)))
    unknown = BasicCredentials("NOSUCHKEY", "wrong", access["projectID"])
    refused("an unknown key is refused", 401, "APIG.0301",
            lambda: client(access, unknown).show_lease(m.ShowLeaseRequest(id=notebook)))
    foreign = BasicCredentials(access["accessKey"], access["secretKey"], "f" * 32)
    refused("another project is refused", 403, "ModelArts.0210",
            lambda: client(access, foreign).show_lease(m.ShowLeaseRequest(id=notebook)))


def main():
    access = json.loads(sys.argv[1] if len(sys.argv) > 1 else sys.stdin.readline())
    modelarts = client(access, BasicCredentials(access["accessKey"], access["secretKey"], access["projectID"]))
    notebook = listing(modelarts)
    leases(modelarts, notebook)
    lifecycle(modelarts, notebook)
    marks(modelarts, notebook)
    credentials(access, notebook)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
