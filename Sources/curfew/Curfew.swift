@main struct Curfew { static func main() {} }
