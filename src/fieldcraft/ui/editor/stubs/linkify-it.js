// Bare addresses are not made into links, here as on the server; markdown-it only wants to have the finder.
export default class NoFinder {}
