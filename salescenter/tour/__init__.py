"""The tour: the real windows driven off screen with keys and mouse through the main job, and pictures of it."""
