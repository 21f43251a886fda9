// Signing out takes what the phone's page showed of one's projects off this machine; what was written there and not sent
// stays, for its writer.
import { store } from "./phone/store.js";

export function startSignOut() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.("form[data-sign-out]")) return;
    try {
      localStorage.setItem("guatu.phone.left", "1"); // should the page be gone before the store is done
    } catch {
      return; // no store in this browser: nothing stands there
    }
    void store.clearShown().catch(() => null);
  });
}
