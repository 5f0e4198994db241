import { Avatar } from './Avatar';

export function UserList({ users }: { users: readonly string[] }) {
  return (
    <aside className="sidebar" aria-labelledby="online-users">
      <h2 id="online-users">Online Users ({users.length})</h2>
      <ul className="user-list" aria-labelledby="online-users" tabIndex={0}>
        {users.map((name, position) => (
          // Two people may share a name, so that a name alone is no key.
          <li key={`${name}-${position}`}>
            <Avatar name={name} />
            <span className="user-name" title={name}>
              {name}
            </span>
          </li>
        ))}
      </ul>
    </aside>
  );
}
