"""People in front of a browser at the admin of a real `kontor serve`: what scripts/browser-tests and scripts/screenshots share."""
