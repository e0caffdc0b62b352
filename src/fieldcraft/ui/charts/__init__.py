"""Numbers → pictures: SVG without script or style, the sentences that say the same, and the table beneath."""
