"""The widgets: one folder a tab, `common` for what two tabs share."""
