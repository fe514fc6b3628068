// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

@main
enum Soak {
    static func main() {}
}
