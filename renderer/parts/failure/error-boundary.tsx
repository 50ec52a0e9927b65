import { Component, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import i18next from 'i18next';

/** A fault in one screen does not take the desk away: it says so, and shows the page again. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="entrance">
        <div className="entrance-card" role="alert">
          <h1>{i18next.t('shell.broken.title')}</h1>
          <Button onClick={() => this.setState({ broken: false })}>{i18next.t('shell.broken.again')}</Button>
        </div>
      </main>
    );
  }
}
