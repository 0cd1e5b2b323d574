// JavaScript because a service worker can be nothing else: served in the place of worker.js, it takes the site off every device.
// To withdraw a build, put this file where worker.js is: it removes the caches of this site and itself, and reloads the open tabs.
'use strict';

const prefix = 'ai-cities ' + new URL('./', location.href).pathname + ' ';

async function withdraw() {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix)) await caches.delete(name);
  }
  await registration.unregister();
  for (const client of await clients.matchAll({ type: 'window' })) {
    client.navigate(client.url).catch(function () {}); // a tab that cannot be reloaded is free at its next visit
  }
}

addEventListener('install', function () { skipWaiting(); });
addEventListener('activate', function (event) { event.waitUntil(withdraw()); });
