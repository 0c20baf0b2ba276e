/// The version of the program, as packages bear it.
let programVersion = "0.9.0"
