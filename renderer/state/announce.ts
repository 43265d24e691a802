import { create } from 'zustand';

/** What a screen reader is told of something that only the eye sees. */
export const useAnnouncement = create<{ text: string }>(() => ({ text: '' }));

export const announce = (text: string): void => useAnnouncement.setState({ text });
