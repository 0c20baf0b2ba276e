import HTTPTypes

/// All pages, each in the file of its room.
struct Rooms: Sendable {
    typealias Register = (HTTPRequest.Method, String, Routes.Access, @escaping Routes.Handler) -> Void

    let site: Site

    func addAll(_ register: Register) {
        addHome(register)
        addAkari(register)
        addLine(register)
        addTake(register)
        addCapture(register)
        addBrowser(register)
        addTimeline(register)
        addItems(register)
        addPeople(register)
        addWriting(register)
        addIncidents(register)
        addSorting(register)
        addTalks(register)
        addDossier(register)
        addLog(register)
        addSettings(register)
        addHelper(register)
        addMemo(register)
        addSearch(register)
        addNext(register)
        addFacts(register)
        addPaperRoom(register)
        addReports(register)
        addPlans(register)
        addShop(register)
        addComments(register)
        addWork(register)
        addGuide(register)
        addHandbook(register)
    }
}
