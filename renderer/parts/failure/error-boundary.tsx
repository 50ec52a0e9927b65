import { Component, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import i18next from 'i18next';

/** Contains a rendering error of one screen: shows a message and a button that renders the screen again. */
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
