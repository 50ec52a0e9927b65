"""Checks a SCIM server, whose address and token are the arguments. Prints what is not as it should be, and on the last line the counts as JSON."""

import json
import sys

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

address, token = sys.argv[1:]
client = Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=20)
results = check_server(SyncSCIMClient(client))
for result in results:
    if result.status is not Status.SUCCESS:
        print(f"{result.status.name} {result.title}: {result.reason}")
print(json.dumps({status.name: sum(result.status is status for result in results) for status in Status}))
