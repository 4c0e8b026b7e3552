"""What each role sees and does: who plans, who releases, who asks to wait, who decides for the mayor."""
