"""Meetings, sakslister, moetesaker, attendance and habilitet."""
