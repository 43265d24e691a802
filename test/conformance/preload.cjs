const { contextBridge, ipcRenderer } = require('electron');

const heard = [];
const hear = (_event, value) => heard.push(value);
ipcRenderer.on('tock', hear);

contextBridge.exposeInMainWorld('bridge', {
  nested: { list: [1, 2] },
  invoke: (channel, value) => ipcRenderer.invoke(channel, value),
  tick: (value) => ipcRenderer.send('tick', value),
  heard: () => [...heard],
  deafen: () => void ipcRenderer.off('tock', hear),
  throws: () => {
    throw new TypeError('thrown in the preload');
  },
  twice: () => {
    try {
      contextBridge.exposeInMainWorld('bridge', {});
      return 'taken';
    } catch {
      return 'refused';
    }
  },
});
