"""Own simple drawings, 24 by 24, drawn with the colour of the text beside them."""

ICONS = {
    "leaf": '<path d="M12 20C5 20 3 14 3 9c5 0 9 3 9 11zM12 20c0-8 3-13 9-15 1 7-2 14-9 15z"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M6 6l1 1M17 17l1 1M18 6l-1 1M7 17l-1 1"/>',
    "book": '<path d="M12 6c-2-2-6-2-9-1v13c3-1 7-1 9 1 2-2 6-2 9-1V5c-3-1-7-1-9 1zM12 6v13"/>',
    "people": '<circle cx="9" cy="8" r="3"/><path d="M3 19c0-4 3-6 6-6s6 2 6 6M16 5a3 3 0 0 1 0 6M18 14c2 1 3 3 3 5"/>',
    "search": '<circle cx="11" cy="11" r="6"/><path d="M16 16l5 5"/>',
    "note": '<path d="M5 4h14v11l-5 5H5zM14 20v-5h5M8 8h8M8 12h5"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"/>',
    "upload": '<path d="M12 16V4M7 9l5-5 5 5M4 20h16"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/>',
    "door": '<path d="M6 21V4l9-1v18zM15 5h3v16M4 21h16M12 12v1"/>',
    "compass": '<circle cx="12" cy="12" r="8"/><path d="M15 9l-2 4-4 2 2-4z"/>',
    "clock": '<circle cx="12" cy="12" r="8"/><path d="M12 7v5l3 2"/>',
}
