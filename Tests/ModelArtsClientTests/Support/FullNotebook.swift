// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Sample {
    /// A notebook with everything that the API documents.
    static let fullNotebook = #"""
        {
          "id": "11111111-2222-4333-8444-555555555555",
          "name": "nb-train-a", "description": "keep-alive=2026-12-01", "status": "RUNNING", "feature": "NOTEBOOK",
          "flavor": "modelarts.vm.gpu.example", "workspace_id": "0", "billing_items": ["COMPUTE", "STORAGE"],
          "create_at": 1767225599998, "update_at": 1767225631002,
          "lease": {"create_at": 1767225600000, "duration": 3631000, "enable": true, "type": "TIMING",
                    "update_at": 1767225631000},
          "url": "https://authoring.example.com/11111111-2222-4333-8444-555555555555/lab",
          "token": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
          "endpoints": [{"service": "NOTEBOOK", "uri": "https://authoring.example.com/lab"},
                        {"service": "SSH", "uri": "ssh://ma-user@dev.example.com:30123", "key_pair_names": ["kp-1"]}],
          "image": {"id": "e1a07296-0000-4000-8000-000000000000", "name": "pytorch-example"},
          "pool": {"id": "pool-1", "name": "pool-teaching"},
          "volume": {"category": "EVS", "ownership": "MANAGED", "capacity": 50, "read_only": false},
          "user": {"id": "00000000000000000000000000000001", "name": "alice", "domain": {"id": "d", "name": "acme"}},
          "user_id": "00000000000000000000000000000001",
          "tags": [{"key": "team", "value": "ml"}, {"key": "keep-alive", "value": "true"}],
          "action_progress": [{"step": 1, "status": "COMPLETED", "description": "Preparing storage."}]
        }
        """#
}
