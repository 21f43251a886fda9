"""The three papers of plans (任务单、路线图、时间表), of one project or of many: what they hold, and their files."""
