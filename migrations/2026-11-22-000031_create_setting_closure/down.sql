DROP TABLE setting_closure;
